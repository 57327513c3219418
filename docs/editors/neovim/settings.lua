vim.lsp.config('hatchet_ls', {
  settings = {
    hatchet = { rules = { ['duration-as-string'] = 'error', retry = 'off' } },
  },
})
