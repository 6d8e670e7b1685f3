"""The window: Qt widgets over ``outreach_app``, which never knows them."""
