(defun hatchet-debug-information ()
  "Show what a report about hatchet-ls should tell."
  (interactive)
  (let ((text (eglot-execute-command (eglot-current-server)
                                     'hatchet-ls.debugInformation
                                     (vector (list :uri (eglot--path-to-uri buffer-file-name))))))
    (with-current-buffer (get-buffer-create "*hatchet-ls*")
      (erase-buffer)
      (insert text)
      (display-buffer (current-buffer)))))
