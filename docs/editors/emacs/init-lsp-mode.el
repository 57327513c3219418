(require 'lsp-mode)
(lsp-register-client
 (make-lsp-client
  :server-id 'hatchet-ls
  ;; Before 2023, lsp-mode counted columns in characters and did not say so.
  :new-connection (lsp-stdio-connection
                   '("hatchet-ls" "server" "--position-encoding" "utf-32"))
  :major-modes '(python-mode python-ts-mode)
  :add-on? t))
(add-hook 'python-mode-hook #'lsp-deferred)
(add-hook 'python-ts-mode-hook #'lsp-deferred)
