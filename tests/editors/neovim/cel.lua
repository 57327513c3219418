-- What a user does with a CEL string: apply a fix in it, go to the field, see colours, complete another one.

local support = dofile(vim.env.SUPPORT)

support.session(function()
  support.wait_for('a diagnostic', function() return #vim.diagnostic.get(0) > 0 end)
  local buffer = vim.api.nvim_get_current_buf()
  local client = support.client()
  local shown = vim.diagnostic.get(0)[1]
  local seen = { code = shown.code, place = support.text_at(shown) }

  support.fix(shown, 'Replace')
  support.wait_for('the end of the diagnostic', function() return #vim.diagnostic.get(0) == 0 end)
  seen.fixed = support.lines()

  vim.fn.search('user_id')
  vim.lsp.buf.definition()
  support.wait_for('the definition', function() return vim.api.nvim_get_current_buf() ~= buffer end)
  seen.definition = { vim.fs.basename(vim.api.nvim_buf_get_name(0)), vim.api.nvim_get_current_line() }
  vim.api.nvim_set_current_buf(buffer)

  support.wait_for('colours', function()
    vim.fn.search('user_id')
    local row, column = unpack(vim.api.nvim_win_get_cursor(0))
    local tokens = vim.lsp.semantic_tokens.get_at_pos(buffer, row - 1, column)
    seen.colour = tokens and tokens[1] and tokens[1].type
    return seen.colour ~= nil
  end)

  vim.cmd('substitute/user_id/am/')
  vim.fn.search('input\\.am\\zs', 'w')
  local parameters = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local answer = assert(client:request_sync('textDocument/completion', parameters, 60000, buffer))
  seen.labels = vim.tbl_map(function(item) return item.label end, answer.result)
  local chosen = vim.tbl_filter(function(item) return vim.startswith(item.label, 'am') end, answer.result)
  vim.lsp.util.apply_text_edits({ chosen[1].textEdit }, buffer, client.offset_encoding)
  seen.completed = support.lines()
  return seen
end)
