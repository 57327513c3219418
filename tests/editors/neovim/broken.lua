-- What a user sees whose server does not come: the editor's messages while a file is changed, saved, and opened again.

local support = dofile(vim.env.SUPPORT)

local notices = {}
vim.notify = function(message) table.insert(notices, message) end

support.session(function()
  vim.cmd('normal! Goprint("still here")')
  vim.cmd('write')
  vim.wait(1000)
  vim.cmd('edit')
  vim.wait(1000)
  return { notices = notices }
end)
