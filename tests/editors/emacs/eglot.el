;;; What a user does with eglot: open, read what is wrong, look at a hover, apply a fix.  -*- lexical-binding: t -*-

(load (expand-file-name "support" (file-name-directory load-file-name)))

(support-open)
(let* ((shown (support-diagnostic))
       (place (support-place shown))
       (text (flymake-diagnostic-text shown))
       hover)
  (goto-char (point-min))
  (search-forward "retries")
  (backward-char)
  (eglot-hover-eldoc-function (lambda (documentation &rest _) (setq hover documentation)))
  (support-wait-for "a hover" (lambda () hover))
  (goto-char (flymake-diagnostic-beg shown))
  (support-choosing "Replace" (call-interactively #'eglot-code-actions))
  (support-wait-for "the end of the diagnostic" (lambda () (null (flymake-diagnostics))))
  (let ((root (project-root (eglot--project (eglot-current-server))))
        (name (eglot--project-nickname (eglot-current-server))))
    (support-report :version emacs-version :root (expand-file-name root) :name name
                    :type (symbol-name (flymake-diagnostic-type shown)) :place place :text text :hover (format "%s" hover) :fixed (support-text))))
