-- What a user does in Neovim: open a file, read what is wrong with it, look at a hover, apply a fix, leave.
-- Run as: nvim --clean --headless -n -l session.lua   with SERVER (a command) and FILE in the environment.
-- Prints one JSON object with what was seen; the exit code is 1 when something never came.

local MILLISECONDS = 60000

local function fail(message)
  io.stderr:write(message .. '\n')
  vim.cmd('cquit 1')
end

local function wait_for(what, condition)
  if not vim.wait(MILLISECONDS, condition, 20) then
    fail('never came: ' .. what)
  end
end

local function lines()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

vim.lsp.config('hatchet_ls', {
  cmd = vim.split(vim.env.SERVER, '\t'),
  filetypes = { 'python' },
  root_markers = { 'pyproject.toml' },
})
vim.lsp.enable('hatchet_ls')
vim.cmd.edit(vim.env.FILE)

wait_for('a diagnostic', function() return #vim.diagnostic.get(0) > 0 end)
local client = vim.lsp.get_clients({ bufnr = 0 })[1]
local diagnostics = vim.diagnostic.get(0)
local shown = diagnostics[1]
local seen = {
  encoding = client.offset_encoding,
  root = client.root_dir,
  count = #diagnostics,
  source = shown.source,
  code = shown.code,
  place = vim.api.nvim_buf_get_text(0, shown.lnum, shown.col, shown.end_lnum, shown.end_col, {})[1],
}

vim.api.nvim_win_set_cursor(0, { shown.lnum + 1, shown.col })
vim.fn.search('retries')
vim.lsp.buf.hover()
local window
wait_for('a hover', function()
  window = vim.b.lsp_floating_preview
  return window ~= nil and vim.api.nvim_win_is_valid(window)
end)
seen.hover = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
vim.api.nvim_win_close(window, true)

vim.api.nvim_win_set_cursor(0, { shown.lnum + 1, shown.col })
local before = lines()
vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.isPreferred end })
wait_for('a fix', function() return lines() ~= before end)
wait_for('the end of the diagnostic', function() return #vim.diagnostic.get(0) == 0 end)
seen.fixed = lines()

client:stop()
wait_for('the end of the client', function() return client:is_stopped() end)
io.stdout:write(vim.json.encode(seen) .. '\n')
vim.cmd('quitall!')
