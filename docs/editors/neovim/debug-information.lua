vim.api.nvim_create_user_command('HatchetDebugInformation', function()
  local client = assert(vim.lsp.get_clients({ name = 'hatchet_ls' })[1], 'hatchet-ls does not run')
  local request = { command = 'hatchet-ls.debugInformation', arguments = { { uri = vim.uri_from_bufnr(0) } } }
  client:request('workspace/executeCommand', request, function(_, text)
    vim.cmd.new()
    vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(text, '\n'))
  end)
end, {})
