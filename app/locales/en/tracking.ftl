# tracking
