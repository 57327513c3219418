(lsp-register-custom-settings
 '(("hatchet.rules.duration-as-string" "error")
   ("hatchet.rules.retry" "off")))
