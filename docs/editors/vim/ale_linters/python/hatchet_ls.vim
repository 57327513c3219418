call ale#Set('python_hatchet_ls_executable', 'hatchet-ls')
call ale#Set('python_hatchet_ls_settings', {})

" ALE counts columns in bytes, whatever a line holds; only this option tells a server.
call ale#linter#Define('python', {
\   'name': 'hatchet_ls',
\   'lsp': 'stdio',
\   'executable': {buffer -> ale#Var(buffer, 'python_hatchet_ls_executable')},
\   'command': '%e server --position-encoding utf-8',
\   'project_root': function('ale#python#FindProjectRoot'),
\   'lsp_config': {buffer -> {'hatchet': ale#Var(buffer, 'python_hatchet_ls_settings')}},
\})
