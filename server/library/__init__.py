"""What the pages of 資料 and the JSON API show alike: contents, articles, passages, projects, figures. No HTTP here."""
