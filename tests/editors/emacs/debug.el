;;; What a user does who reports a problem.  -*- lexical-binding: t -*-

(load (expand-file-name "support" (file-name-directory load-file-name)))

(support-open)
(support-diagnostic)
(hatchet-debug-information)
(support-report :text (with-current-buffer "*hatchet-ls*" (support-text)))
