;;; Where a user of lsp-mode reads what the server says.  -*- lexical-binding: t -*-

(load (expand-file-name "support" (file-name-directory load-file-name)))

(lsp-workspace-folders-add (file-name-directory (getenv "FILE")))
(lsp-register-custom-settings '(("hatchet.rules.retry" "loud")))
(support-open)
(support-diagnostic)
(support-report :text (with-current-buffer "*lsp-log*" (support-text))
                :printed (buffer-live-p (get-buffer "*hatchet-ls::stderr*")))
