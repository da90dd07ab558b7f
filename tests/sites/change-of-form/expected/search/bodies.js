gongkai.part("bodies",{"years":[[2021,1,"cde80788"],[2020,1,"cde80788"]],"bodies":[["water-bureau","department",["某县水务局","某县水利局"],[[2020],[2021]],""]]})
