-- What a user does who has fixes applied on save: open a file and write it.

local support = dofile(vim.env.SUPPORT)

support.session(function()
  support.wait_for('a diagnostic', function() return #vim.diagnostic.get(0) > 0 end)
  vim.cmd('write')
  support.wait_for('the end of the diagnostic', function() return #vim.diagnostic.get(0) == 0 end)
  return { text = support.lines() }
end)
