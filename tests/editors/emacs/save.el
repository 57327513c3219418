;;; What a user does who has fixes applied on save: open a file, change it, write it.  -*- lexical-binding: t -*-

(load (expand-file-name "support" (file-name-directory load-file-name)))

(if (featurep 'lsp-mode)
    (lsp-workspace-folders-add (file-name-directory (getenv "FILE"))))
(support-open)
(support-diagnostic)
(set-buffer-modified-p t)
(save-buffer)
(support-wait-for "the end of the diagnostic" (lambda () (null (flymake-diagnostics))))
(support-report :fixed (support-text))
