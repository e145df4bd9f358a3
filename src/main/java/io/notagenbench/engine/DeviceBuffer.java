package io.notagenbench.engine;

/**
 * A vector that an engine keeps in the memory of a device between calls, and its twin in main memory. Used by one
 * thread at a time.
 */
public interface DeviceBuffer extends ReadBuffer {

    /**
     * Copies the first half over the second, within the device's memory, {@link #repetitions} times.
     *
     * @return the last element, read back when the device has done it
     */
    float copy();

    /**
     * Copies the twin to the device.
     *
     * @return the last element there, read back when it has arrived
     */
    float toDevice();

    /**
     * Copies the vector over its twin in main memory.
     *
     * @return the last element of the twin
     */
    float toHost();
}
