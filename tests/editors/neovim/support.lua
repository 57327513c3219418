-- What the sessions in Neovim share. They run under every release that is tested.

local support = {}

local MILLISECONDS = 30000

function support.wait_for(what, condition)
  if not vim.wait(MILLISECONDS, condition, 20) then
    error('never came: ' .. what)
  end
end

function support.lines()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

-- The text under a diagnostic.
function support.text_at(diagnostic)
  local parts = vim.api.nvim_buf_get_text(
    0, diagnostic.lnum, diagnostic.col, diagnostic.end_lnum, diagnostic.end_col, {})
  return table.concat(parts, '\n')
end

function support.client()
  local clients = vim.lsp.get_clients or vim.lsp.get_active_clients
  for _, client in pairs(clients()) do
    if client.name == 'hatchet_ls' then
      return client
    end
  end
end

-- Choose from the menu that comes next, by the beginning of a title.
function support.choose(beginning)
  vim.ui.select = function(items, options, choose)
    for _, item in ipairs(items) do
      if vim.startswith(options.format_item(item), beginning) then
        return choose(item)
      end
    end
    error('not in the menu: ' .. beginning)
  end
end

-- Put the cursor on a diagnostic and apply the fix whose title begins so.
function support.fix(diagnostic, beginning)
  local before = support.lines()
  vim.api.nvim_win_set_cursor(0, { diagnostic.lnum + 1, diagnostic.col })
  support.choose(beginning)
  vim.lsp.buf.code_action()
  support.wait_for('a fix', function() return support.lines() ~= before end)
end

function support.hover(word)
  vim.fn.search(word)
  vim.lsp.buf.hover()
  local window
  support.wait_for('a hover', function()
    window = vim.b.lsp_floating_preview
    return window ~= nil and vim.api.nvim_win_is_valid(window)
  end)
  local text = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
  vim.api.nvim_win_close(window, true)
  return table.concat(text, '\n')
end

-- Open FILE, do something, write the table that it returns to REPORT, and leave.
function support.session(work)
  local well, seen = xpcall(function()
    vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.FILE))
    return work()
  end, debug.traceback)
  if not well then
    io.stderr:write(seen .. '\n')
    vim.cmd('cquit 1')
  end
  local report = assert(io.open(vim.env.REPORT, 'w'))
  report:write(vim.json.encode(seen))
  report:close()
  vim.cmd('quitall!')
end

return support
