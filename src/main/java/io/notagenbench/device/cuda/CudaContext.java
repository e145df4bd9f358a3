package io.notagenbench.device.cuda;

/** A retained context of a device. Closing it gives it back; the driver destroys it when nobody holds it any more. */
public interface CudaContext extends AutoCloseable {

    /** Free and total bytes of the device. */
    DeviceMemory memory();

    /** Waits until the device has done everything that was asked of it. */
    void synchronize();

    /**
     * Copies again and again, timed by events of the device: a clock of the host would count the launches.
     *
     * @param bytes of one copy
     * @return seconds for all of them
     */
    double seconds(DeviceCopy copy, long bytes, int times);

    @Override
    void close();
}
