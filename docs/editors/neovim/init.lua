vim.lsp.config('hatchet_ls', {
  cmd = { 'hatchet-ls', 'server' },
  filetypes = { 'python' },
  root_markers = { 'pyproject.toml', '.git' },
})
vim.lsp.enable('hatchet_ls')
