(defun hatchet-fix-all ()
  "Apply all safe fixes of hatchet-ls, if there are any."
  (interactive)
  (when (eglot-managed-p)
    (ignore-errors ; eglot signals an error where there is nothing to fix
      (eglot-code-actions (point-min) (point-max) "source.fixAll.hatchet" t))))

(add-hook 'eglot-managed-mode-hook
          (lambda () (add-hook 'before-save-hook #'hatchet-fix-all nil t)))
