// The network's weights, as they lie in the source, in whatever links this room: no path to be configured, no file to be lost.
    .section .rodata
    .global rightsdesk_line_network_weights
    .global rightsdesk_line_network_weights_end
rightsdesk_line_network_weights:
    .incbin "line_network.weights"
rightsdesk_line_network_weights_end:
    .byte 0
    .section .note.GNU-stack,"",@progbits
