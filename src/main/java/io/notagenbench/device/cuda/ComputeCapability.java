package io.notagenbench.device.cuda;

import java.util.Comparator;

/** Generation of a card, {@code 8.6}: which machine code it runs. */
public record ComputeCapability(int major, int minor) implements Comparable<ComputeCapability> {

    /** @param text as NVIDIA writes it, {@code 8.6} */
    public static ComputeCapability of(String text) {
        String[] parts = text.split("\\.");
        return new ComputeCapability(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /** Whether machine code for this capability runs on a card of another: of the same major number, and not older. */
    public boolean runsOn(ComputeCapability card) {
        return major == card.major && minor <= card.minor;
    }

    @Override
    public int compareTo(ComputeCapability other) {
        return Comparator.comparingInt(ComputeCapability::major).thenComparingInt(ComputeCapability::minor).compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
