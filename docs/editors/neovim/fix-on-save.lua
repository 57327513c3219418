vim.api.nvim_create_autocmd('BufWritePre', {
  pattern = '*.py',
  callback = function(event)
    for _, client in ipairs(vim.lsp.get_clients({ bufnr = event.buf, name = 'hatchet_ls' })) do
      local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
      params.context = { only = { 'source.fixAll.hatchet' }, diagnostics = {} }
      local answer = client:request_sync('textDocument/codeAction', params, 2000, event.buf)
      for _, action in ipairs(answer and answer.result or {}) do
        vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
      end
    end
  end,
})
