package io.notagenbench.device.cuda;

/**
 * A device as the driver describes it.
 *
 * @param index      its number in {@code device=cuda:n}
 * @param name       of the card
 * @param busId      its place on the PCI bus, {@code 0000:65:00.0}: NVML numbers cards in another order
 * @param totalBytes its memory
 * @param capability which machine code it runs
 */
public record CudaDevice(int index, String name, String busId, long totalBytes, ComputeCapability capability) {

    /** The value of {@code -p device=}. */
    public String label() {
        return index == 0 ? "cuda" : "cuda:" + index;
    }
}
