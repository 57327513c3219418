;;; What the sessions in Emacs share.  -*- lexical-binding: t -*-

(require 'json)
(require 'flymake)

(setq make-backup-files nil create-lockfiles nil)

(defun support-wait-for (what condition)
  "Wait until CONDITION holds and return its value; end with an error that names WHAT if it never does."
  (let ((end (+ (float-time) 60)) value)
    (while (and (not (setq value (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.05)
      ;; A batch run never idles, and much is only done then.
      (mapc #'timer-event-handler (copy-sequence timer-idle-list)))
    (unless value
      (message "never came: %s" what)
      (kill-emacs 1))
    value))

(defun support-open ()
  "Open the file as the command loop would, which a batch run does not have."
  (find-file (getenv "FILE"))
  (run-hooks 'post-command-hook))

(defun support-diagnostic ()
  "Wait for the diagnostics and return the first."
  (car (support-wait-for "a diagnostic" #'flymake-diagnostics)))

(defun support-place (diagnostic)
  "The text under DIAGNOSTIC."
  (buffer-substring-no-properties (flymake-diagnostic-beg diagnostic) (flymake-diagnostic-end diagnostic)))

(defun support-text ()
  "The text of the buffer."
  (buffer-substring-no-properties (point-min) (point-max)))

(defmacro support-choosing (beginning &rest body)
  "Do BODY, and choose from the menu that comes up what begins with BEGINNING."
  `(cl-letf* (((symbol-function 'completing-read)
              (lambda (_prompt menu &rest _)
                (seq-find (lambda (title) (string-prefix-p ,beginning title)) (all-completions "" menu))))
             ;; As if by the keyboard: after a click, Emacs pops a menu up.
             (last-nonmenu-event ?\r))
     ,@body))

(defun support-report (&rest seen)
  "Write what was SEEN, a property list, and end."
  (with-temp-file (getenv "REPORT")
    (insert (json-serialize seen)))
  (set-buffer-modified-p nil)
  (kill-emacs))
