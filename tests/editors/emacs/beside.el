;;; What a user sees who has two servers for Python files.  -*- lexical-binding: t -*-

(load (expand-file-name "support" (file-name-directory load-file-name)))

(defun shown ()
  "All diagnostics, as text."
  (mapconcat #'flymake-diagnostic-text (flymake-diagnostics) "\n"))

(support-open)
(dolist (source '("Ruff" "hatchet"))
  (support-wait-for source (lambda () (string-match-p (concat "^" source) (shown)))))
(support-report :diagnostics (shown))
