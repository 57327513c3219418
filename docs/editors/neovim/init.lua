vim.lsp.config('hatchet_ls', {
  cmd = { 'hatchet-ls', 'server' },
  filetypes = { 'python' },
  root_markers = { 'pyproject.toml', '.git' },
  settings = {
    hatchet = {}, -- for example { environment = '../venv', rules = { retry = 'error' } }
  },
})
vim.lsp.enable('hatchet_ls')
