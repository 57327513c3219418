local servers = {} -- one for each project

vim.api.nvim_create_autocmd('FileType', {
  pattern = 'python',
  callback = function(event)
    local marker = vim.fn.findfile('pyproject.toml', vim.fn.expand('<afile>:p:h') .. ';')
    local root = marker ~= '' and vim.fn.fnamemodify(marker, ':p:h') or vim.fn.getcwd()
    servers[root] = servers[root] or vim.lsp.start_client({
      name = 'hatchet_ls',
      cmd = { 'hatchet-ls', 'server' },
      root_dir = root,
      on_exit = function() servers[root] = nil end,
    })
    if servers[root] then
      vim.lsp.buf_attach_client(event.buf, servers[root])
    end
  end,
})
