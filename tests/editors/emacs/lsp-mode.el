;;; What a user does with lsp-mode: open, read what is wrong, look at a hover, apply a fix.  -*- lexical-binding: t -*-

(load (expand-file-name "support" (file-name-directory load-file-name)))

(lsp-workspace-folders-add (file-name-directory (getenv "FILE")))
(support-open)
(let* ((shown (support-diagnostic))
       (place (support-place shown))
       (text (flymake-diagnostic-text shown))
       (hover (progn (goto-char (point-min))
                     (search-forward "retries")
                     (backward-char)
                     (lsp-request "textDocument/hover" (lsp--text-document-position-params)))))
  (goto-char (flymake-diagnostic-beg shown))
  (support-choosing "Replace" (call-interactively #'lsp-execute-code-action))
  (support-wait-for "the end of the diagnostic" (lambda () (null (flymake-diagnostics))))
  (support-report :version emacs-version :root (lsp-workspace-root) :type (symbol-name (flymake-diagnostic-type shown))
                  :place place :text text
                  :hover (format "%s" hover) :fixed (support-text)))
