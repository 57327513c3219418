-- What a user does in Neovim with a CEL string: apply a fix in it, go to the field, complete another one.
-- Run as: nvim --clean --headless -n -l cel.lua   with SERVER (a command) and FILE in the environment.
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
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.get_clients({ bufnr = 0 })[1]
local shown = vim.diagnostic.get(0)[1]
local seen = {
  code = shown.code,
  place = vim.api.nvim_buf_get_text(0, shown.lnum, shown.col, shown.end_lnum, shown.end_col, {})[1],
}

vim.api.nvim_win_set_cursor(0, { shown.lnum + 1, shown.col })
local before = lines()
vim.lsp.buf.code_action({ apply = true, filter = function(action) return vim.startswith(action.title, 'Replace') end })
wait_for('a fix', function() return lines() ~= before end)
wait_for('the end of the diagnostic', function() return #vim.diagnostic.get(0) == 0 end)
seen.fixed = lines()

vim.fn.search('user_id')
vim.lsp.buf.definition()
wait_for('the definition', function() return vim.api.nvim_get_current_buf() ~= buffer end)
seen.definition = { vim.fs.basename(vim.api.nvim_buf_get_name(0)), vim.api.nvim_get_current_line() }
vim.api.nvim_set_current_buf(buffer)

wait_for('colours', function()
  vim.fn.search('user_id')
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local tokens = vim.lsp.semantic_tokens.get_at_pos(buffer, row - 1, column)
  seen.colour = tokens and tokens[1] and tokens[1].type
  return seen.colour ~= nil
end)

vim.cmd('substitute/user_id/am/')
vim.fn.search('input\\.am\\zs', 'w')
local parameters = vim.lsp.util.make_position_params(0, client.offset_encoding)
local answer = client:request_sync('textDocument/completion', parameters, MILLISECONDS, buffer)
if answer == nil or answer.err ~= nil or answer.result == vim.NIL then
  fail('no completion: ' .. vim.inspect(answer))
end
seen.labels = vim.tbl_map(function(item) return item.label end, answer.result)
local chosen = vim.tbl_filter(function(item) return vim.startswith(item.label, 'am') end, answer.result)
vim.lsp.util.apply_text_edits({ chosen[1].textEdit }, buffer, client.offset_encoding)
seen.completed = lines()

client:stop()
wait_for('the end of the client', function() return client:is_stopped() end)
io.stdout:write(vim.json.encode(seen) .. '\n')
vim.cmd('quitall!')
