(lsp-make-interactive-code-action hatchet-fix-all "source.fixAll.hatchet")

(add-hook 'lsp-managed-mode-hook
          (lambda ()
            (add-hook 'before-save-hook
                      (lambda () (ignore-errors (lsp-hatchet-fix-all))) nil t)))
