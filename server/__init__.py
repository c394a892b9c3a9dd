"""The web service: app.create_app puts it together, routes/ holds one resource a file, web/ what people see."""
