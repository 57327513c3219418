(setq-default eglot-workspace-configuration
              '(:hatchet (:rules (:duration-as-string "error" :retry "off"))))
