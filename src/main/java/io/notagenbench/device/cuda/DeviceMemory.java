package io.notagenbench.device.cuda;

/**
 * Memory of a device.
 *
 * @param totalBytes of the card
 * @param freeBytes  that can be allocated
 */
public record DeviceMemory(long totalBytes, long freeBytes) {

    public long usedBytes() {
        return totalBytes - freeBytes;
    }
}
