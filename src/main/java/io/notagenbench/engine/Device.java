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
}
