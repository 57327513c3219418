-- What a user sees who has two servers for Python files.

local support = dofile(vim.env.SUPPORT)

local function shown()
  local shown = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    table.insert(shown, diagnostic.source .. ': ' .. diagnostic.code)
  end
  table.sort(shown)
  return shown
end

support.session(function()
  for _, source in ipairs({ 'Ruff', 'hatchet' }) do
    support.wait_for('a diagnostic of ' .. source, function()
      return #vim.tbl_filter(function(line) return vim.startswith(line, source) end, shown()) > 0
    end)
  end
  local titles
  vim.ui.select = function(items, options) titles = vim.tbl_map(options.format_item, items) end
  vim.fn.search('10m')
  vim.lsp.buf.code_action()
  support.wait_for('a menu', function() return titles end)
  return { diagnostics = shown(), titles = titles, hover = support.hover('retries') }
end)
