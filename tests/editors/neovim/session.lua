-- What a user does: open a file, read what is wrong with it, look at a hover, apply a fix, leave.

local support = dofile(vim.env.SUPPORT)

support.session(function()
  support.wait_for('a diagnostic', function() return #vim.diagnostic.get(0) > 0 end)
  local diagnostics = vim.diagnostic.get(0)
  local shown = diagnostics[1]
  local version = vim.version()
  local seen = {
    version = ('%d.%d.%d'):format(version.major, version.minor, version.patch),
    encoding = support.client().offset_encoding,
    root = support.client().config.root_dir,
    count = #diagnostics,
    source = shown.source,
    code = shown.code,
    severity = vim.diagnostic.severity[shown.severity],
    place = support.text_at(shown),
    hover = support.hover('retries'),
  }
  support.fix(shown, 'Replace')
  support.wait_for('the end of the diagnostic', function() return #vim.diagnostic.get(0) == 0 end)
  seen.fixed = support.lines()
  return seen
end)
