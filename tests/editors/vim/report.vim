" Writes what the user sees to $REPORT, again and again.

function! s:Text(item) abort
    return getline(a:item.lnum)[a:item.col - 1 : a:item.end_col - 1]
endfunction

function! s:Preview() abort
    for l:window in range(1, winnr('$'))
        if getwinvar(l:window, '&previewwindow')
            return join(getbufline(winbufnr(l:window), 1, '$'), "\n")
        endif
    endfor

    return ''
endfunction

function! s:Report(_) abort
    let l:buffer = bufnr($FILE)
    let l:found = filter(ale#engine#GetLoclist(l:buffer), {_, item -> item.linter_name is# 'hatchet_ls'})
    let l:seen = {
    \   'version': v:versionlong,
    \   'codes': map(copy(l:found), {_, item -> item.code}),
    \   'types': map(copy(l:found), {_, item -> item.type}),
    \   'places': map(copy(l:found), {_, item -> s:Text(item)}),
    \   'hover': s:Preview(),
    \   'text': join(getbufline(l:buffer, 1, '$'), "\n") . "\n",
    \}
    call writefile([json_encode(l:seen)], $REPORT . '.new')
    call rename($REPORT . '.new', $REPORT)
endfunction

call timer_start(50, function('s:Report'), {'repeat': -1})
