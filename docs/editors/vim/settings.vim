let g:ale_python_hatchet_ls_settings = {'rules': {'duration-as-string': 'error', 'retry': 'off'}}
