package io.notagenbench.engine;

import io.notagenbench.fault.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a model lives: the main memory, a CUDA device, or two of a kind that share its layers.
 *
 * @param kind    CPU or CUDA
 * @param indices ordinal of the CUDA device of each part of the model, 0 for the CPU; more than one where it is split
 */
public record Device(Kind kind, List<Integer> indices) {

    /** The CPU and main memory. */
    public static final Device CPU = new Device(Kind.CPU, 0);

    private static final String SPLIT = "+";
    private static final String APART = "/";

    /** The kind of a device. */
    public enum Kind { CPU, CUDA }

    public Device {
        indices = List.copyOf(indices);
    }

    /** Returns a single device. */
    public Device(Kind kind, int index) {
        this(kind, List.of(index));
    }

    /** The ordinal of the CUDA device that the first layers are on, 0 for the CPU. */
    public int index() {
        return indices.get(0);
    }

    /** Whether several devices share the layers of a model. */
    public boolean isSplit() {
        return indices.size() > 1;
    }

    /** @throws Fault (usage) if several devices would share what runs on one */
    public void requireSingle() {
        if (isSplit()) {
            throw Fault.usage("This runs on one device, not on device=" + label() + ".");
        }
    }

    /** The device of each part of the model, in the order of its layers. */
    public List<Device> parts() {
        return indices.stream().map(index -> new Device(kind, index)).toList();
    }

    /**
     * The value of {@code -p device=}: {@code cpu}, {@code cuda}, {@code cuda:1}, {@code cpu+cpu} or {@code
     * cuda+cuda:1}.
     */
    public String label() {
        return indices.stream().map(this::label).collect(Collectors.joining(SPLIT));
    }

    private String label(int index) {
        if (kind == Kind.CPU) {
            return "cpu";
        }
        return index == 0 ? "cuda" : "cuda:" + index;
    }

    /**
     * The labels in the value of {@code -p device=} of devices that have a model each: more than one in {@code
     * cpu/cpu}.
     */
    public static List<String> labels(String value) {
        return List.of(value.split(APART));
    }

    /** Returns the devices of these labels. */
    public static List<Device> each(String value) {
        return labels(value).stream().map(Device::of).toList();
    }

    /** Whether a list of devices, which are all of one kind, needs main memory alone. */
    public static boolean areProcessors(String value) {
        return each(value).get(0).kind() == Kind.CPU;
    }

    /** The device of a label that {@link #label} could have written, or with {@code cuda:0} in it. */
    public static Device of(String label) {
        String[] parts = label.split("\\" + SPLIT);
        return new Device(parts[0].equals("cpu") ? Kind.CPU : Kind.CUDA,
                Arrays.stream(parts).map(Device::ordinal).toList());
    }

    private static int ordinal(String part) {
        int colon = part.indexOf(':');
        return colon < 0 ? 0 : Integer.parseInt(part.substring(colon + 1));
    }
}
