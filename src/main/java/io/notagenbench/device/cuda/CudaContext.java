package io.notagenbench.device.cuda;

/** A retained context of a device. Closing it gives it back; the driver destroys it when nobody holds it any more. */
public interface CudaContext extends AutoCloseable {

    /** Free and total bytes of the device. */
    DeviceMemory memory();

    /** Waits until the device has done everything that was asked of it. */
    void synchronize();

    @Override
    void close();
}
