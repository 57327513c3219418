function! HatchetFix(buffer) abort
    return {'command': 'hatchet-ls check --fix --exit-zero --stdin-filename %s -'}
endfunction

let g:ale_fixers = {'python': [function('HatchetFix')]}
let g:ale_fix_on_save = 1
