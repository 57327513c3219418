(require 'eglot)
(add-to-list 'eglot-server-programs
             '((python-mode python-ts-mode)
               . ("rass" "--" "ruff" "server" "--" "hatchet-ls" "server")))
(add-hook 'python-mode-hook #'eglot-ensure)
(add-hook 'python-ts-mode-hook #'eglot-ensure)
