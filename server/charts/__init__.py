"""Charts made on the server: from figures to places on a surface, which templates of web/charts turn into SVG.

A chart on a page takes its width from the page (places in percent, heights in rem: text keeps its size at every width
and follows the browser's). A chart to keep is a file of fixed size. Both come from the same figures and template.
"""
