-- What a user does who reports a problem.

local support = dofile(vim.env.SUPPORT)

support.session(function()
  support.wait_for('a diagnostic', function() return #vim.diagnostic.get(0) > 0 end)
  local file = vim.api.nvim_get_current_buf()
  vim.cmd('HatchetDebugInformation')
  support.wait_for('the text', function() return vim.api.nvim_get_current_buf() ~= file and #support.lines() > 0 end)
  return { text = support.lines() }
end)
