"""gongkai (公开): disclosure annual reports of Chinese public bodies, read into one traceable warehouse."""
