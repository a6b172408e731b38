"""Posts and answers as a table.

The columns of the public data set "Customer Support on Twitter" (`twcs.csv`), as its readers name them; moments as
`Tue Oct 31 22:10:47 +0000 2017`. Quirk: answers stand before what they answer.
"""

NAME = "twcs.csv"
DATA = """\
tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id
1,sprintcare,False,Tue Oct 31 22:10:47 +0000 2017,@115712 Please send us a message,2,3
2,115712,True,Tue Oct 31 22:11:45 +0000 2017,@sprintcare I did,,1
3,115712,True,Tue Oct 31 22:08:27 +0000 2017,@sprintcare is the worst,1,
"""
SEEN = """\
3 2017-10-31T22:08:27Z x in <@115712>:
  @sprintcare is the worst
  + author_id=115712 | response_tweet_id=1
1 2017-10-31T22:10:47Z x out goes on 3:
  @115712 Please send us a message
  + author=sprintcare
2 2017-10-31T22:11:45Z x in <@115712> goes on 1:
  @sprintcare I did
"""
