"""The core library: records, index, search, answers. It knows no HTTP and no files of sources."""
