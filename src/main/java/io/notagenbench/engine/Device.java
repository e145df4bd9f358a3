package io.notagenbench.engine;

/**
 * Where the model lives.
 *
 * @param kind  CPU or CUDA
 * @param index ordinal of the CUDA device, 0 for the CPU
 */
public record Device(Kind kind, int index) {

    /** The main memory and its cores. */
    public static final Device CPU = new Device(Kind.CPU, 0);

    /** Kinds of device. */
    public enum Kind { CPU, CUDA }

    /** The value of {@code -p device=}: {@code cpu}, {@code cuda} or {@code cuda:1}. */
    public String label() {
        if (kind == Kind.CPU) {
            return "cpu";
        }
        return index == 0 ? "cuda" : "cuda:" + index;
    }

    /** The device of a label that {@link #label} could have written, or {@code cuda:0}. */
    public static Device of(String label) {
        if (label.equals(CPU.label())) {
            return CPU;
        }
        int colon = label.indexOf(':');
        return new Device(Kind.CUDA, colon < 0 ? 0 : Integer.parseInt(label.substring(colon + 1)));
    }
}
