"""Running audits for people in JupyterLab: started, watched, ended and found again."""
