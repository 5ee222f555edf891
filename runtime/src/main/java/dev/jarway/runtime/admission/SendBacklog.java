package dev.jarway.runtime.admission;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;

/**
 * How much the operating system takes of a connection before the other side's window has room for it: 128 KiB. By itself Linux
 * takes as much as it would have under way to a fast reader, over loopback 2.5 MiB of each connection, and an event loop that
 * fills such a queue for hundreds of slow readers serves nobody meanwhile. What is under way is not counted, so that a fast reader
 * gets no less.
 */
public final class SendBacklog {
    private static final long MOST_UNSENT = 128 * 1024;

    private SendBacklog() {}

    /** Has it hold on that connection, where the system knows of it: on Linux, with the native transport. */
    public static void bound(Channel connection) {
        if (connection instanceof EpollSocketChannel socket) {
            socket.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, MOST_UNSENT);
        }
    }
}
