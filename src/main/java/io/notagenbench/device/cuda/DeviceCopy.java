package io.notagenbench.device.cuda;

/** A kind of copy whose speed is measured. */
public enum DeviceCopy {
    /** From one half of a buffer on the device to the other: each byte is read and written. */
    WITHIN,
    /** From pageable main memory to the device. */
    TO_DEVICE,
    /** From the device to pageable main memory. */
    TO_HOST
}
