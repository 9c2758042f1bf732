"""The event stream: a snapshot of the live picture, then what changes in it.

`snapshot + updates = fresh snapshot`, for everybody, whatever the batches, the
reconnections and the slowness in between.
"""

from frontdesk.api.stream.hub import StreamHub as StreamHub
from frontdesk.api.stream.subscriber import Subscriber as Subscriber
from frontdesk.api.stream.topics import Topic as Topic
